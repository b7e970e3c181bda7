package io.pulsehook.inbox.write;

import io.pulsehook.inbox.model.Outcome;

/**
 * Writes how an attempt ended.
 *
 * @param outcome how it ended
 */
public record FinishWrite(Outcome outcome) implements Write<Finish> {

	@Override
	public Finish apply(Transaction transaction) {
		Finish finish = new Finish(this.outcome);
		transaction.finish(finish);
		return finish;
	}

	@Override
	public boolean batched() {
		return true;
	}

	@Override
	public boolean mayPrecedeTurn() {
		return true;
	}

	@Override
	public boolean mayLinger() {
		return true;
	}

}
