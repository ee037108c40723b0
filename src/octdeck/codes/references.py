"""OD2xx: what refers to something that is not there, and what a release would cost. Found by readers/yaml.py,
release.py, quiz.py, outputs.py, lock.py and project.py.
"""
