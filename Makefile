# Names for the one command; nothing here is needed to run or test the site.

.PHONY: run test test-full

run:
	@python3 run.py

test:
	@python3 run.py test

test-full:
	@python3 run.py test --full
