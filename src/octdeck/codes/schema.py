"""OD1xx: keys and values that no file may have. Found by schema.py, values.py, validate.py and readers/yaml.py."""
