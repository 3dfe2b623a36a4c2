.PHONY: demo test lock

demo test lock:
	python3 dev.py $@
