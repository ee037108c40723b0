"""Hostile and unlucky input, by the hundred thousand: `make fuzz`, or `python -m fuzz --help` in the folder tests.

seeds.py has the banks to begin with, mutations.py spoils them, trial.py puts them through the public door, and
workers.py does so in processes of their own, which may use 2 s of processor time for an input and grow by 500 MB. Time
on the processor, not on the clock, so that a busy machine makes no findings. The same seed gives the same inputs.
reader.py lets coverage choose the inputs instead (atheris).

Runs so far, each of the code as it was then, which was mended after each:

- seed a, 15,000 inputs: findings of thousands of characters (OD208, OD211, OD257), thousands of findings shown for
  seconds.
- seed b, 20,000 inputs: a column counted with the byte order mark (OD001), figures of thousands of digits that took
  seconds to look up.
- seed c, 30,000 inputs: nothing; the slowest check took 0.6 s of processor time, memory grew by 115 MB at most.
- from packages (`--only .apkg`) and from pictures (`--only picture`), 1,500 inputs each, seed 1917: nothing.
- seed 1917, 100,000 inputs, of the code as all that had mended it: nothing; 18,409 banks sound, 77,997 with findings,
  2,673 refused, 921 built. The slowest check took 1.0 s of processor time; the one process that tried them all grew by
  592 MB in the end, as it remembers words, and for no bank by more than it may.
- reader.py, 24,669 inputs: thousands of findings in one long line that took 13 s to show; mended.
"""
