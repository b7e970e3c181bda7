package io.pulsehook.inbox.model;

/**
 * What a directory with a SQLite database is for, and how its files are called.
 */
public enum DirectoryUse {

	/** It has the inbox. */
	DATA("data directory", "pulsehook.data-dir", "pulsehook.db", "inbox.lock",
			"restore a backup as 'Backup and " + "restore' in docs/operations.md says. Without a backup, save",
			"inbox"),

	/** It has the webhooks that PostgreSQL could not store yet. */
	SPOOL("spool directory", "pulsehook.spool.directory", "spool.db", "spool.lock", "save", "spool");

	private final String noun;

	private final String property;

	private final String database;

	private final String lock;

	private final String remedy;

	private final String content;

	DirectoryUse(String noun, String property, String database, String lock, String remedy, String content) {
		this.noun = noun;
		this.property = property;
		this.database = database;
		this.lock = lock;
		this.remedy = remedy;
		this.content = content;
	}

	/**
	 * Returns the name of the database file in the directory.
	 * @return the name
	 */
	public String database() {
		return this.database;
	}

	/**
	 * Returns the name of the file whose lock keeps other processes out.
	 * @return the name
	 */
	public String lock() {
		return this.lock;
	}

	String noun() {
		return this.noun;
	}

	String property() {
		return this.property;
	}

	/** Says what can be done about a damaged database. */
	String repair() {
		return ("Stop the service, keep a copy of the %s, and %s what can be read with 'sqlite3 %s .recover | "
				+ "sqlite3 recovered.db', or move %s and the files beside it that end in -wal and -shm away, to "
				+ "begin with an empty %s.")
			.formatted(this.noun, this.remedy, this.database, this.database, this.content);
	}

}
