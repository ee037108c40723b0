"""Hostile and unlucky input, by the hundred thousand: `make fuzz`, or `python -m fuzz --help` in the folder tests.

seeds.py has the banks to begin with, mutations.py spoils them, trial.py puts them through the public door, and
workers.py does so in processes of their own, which may use 2 s of processor time for an input and grow by 500 MB. Time
on the processor, not on the clock, so that a busy machine makes no findings. The same seed gives the same inputs.
reader.py lets coverage choose the inputs instead (atheris).
"""
