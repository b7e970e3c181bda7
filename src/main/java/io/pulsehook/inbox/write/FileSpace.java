package io.pulsehook.inbox.write;

/**
 * Gives the disk back what the database no longer needs.
 */
public interface FileSpace {

	/** Of a database that sees to that itself. */
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

	// Gives some of it back and says whether there may be more.
	boolean giveBackSome();

	// Empties the log of writes and says whether it could.
	boolean truncateLog();

}
