package io.pulsehook.inbox.write;

/**
 * Gives disk space back that the database no longer needs.
 */
public interface FileSpace {

	/** For a database whose server does that by itself. */
	FileSpace SELF_KEPT = new FileSpace() {

		@Override
		public boolean giveBackSome() {
			return false;
		}

		@Override
		public boolean truncateLog() {
			return true;
		}

	};

	/** Gives some space back, and tells whether there may be more to give. */
	boolean giveBackSome();

	/** Empties the write-ahead log, and tells whether that succeeded. */
	boolean truncateLog();

}
