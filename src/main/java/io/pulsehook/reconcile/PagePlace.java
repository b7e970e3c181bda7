package io.pulsehook.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list begins: after an element, or where that does not work, behind as
 * many as have been read.
 *
 * @param read how many elements come before it
 * @param searchAfter what it goes on after, or {@code null}
 * @param skips whether going on after an element does not work
 */
record PagePlace(int read, @Nullable String searchAfter, boolean skips) {

	static final PagePlace FIRST = new PagePlace(0, null, false);

	/** A list that cannot be gone on with after an element. */
	static final PagePlace FIRST_TO_SKIP = new PagePlace(0, null, true);

	/** Returns how many elements the call leaves out. */
	int skip() {
		return (this.searchAfter != null) ? 0 : this.read;
	}

	/**
	 * Returns where the next page begins.
	 * @param size how many elements this page has
	 * @param searchAfter what to go on after, or {@code null} if that is not known
	 * @param repeated whether this page repeats the one before, so that nothing was
	 * gained by it
	 */
	PagePlace next(int size, @Nullable String searchAfter, boolean repeated) {
		int read = repeated ? this.read : this.read + size;
		boolean skips = this.skips || repeated || searchAfter == null;
		return new PagePlace(read, skips ? null : searchAfter, skips);
	}

}
