package io.pulsehook.process;

/**
 * Something that happens to a database server, and how it ends.
 *
 * @param how what it is called in a message
 * @param happen makes it happen
 * @param end ends it
 */
record Trouble(String how, Action happen, Action end) {

	static Trouble stopped(DatabaseServer server) {
		return new Trouble("stopped", server::stop, server::startAgain);
	}

	static Trouble frozen(DatabaseServer server) {
		return new Trouble("frozen", server::freeze, server::thaw);
	}

	static Trouble silent(Cable cable) {
		return new Trouble("silent", cable::fallSilent, cable::mend);
	}

	static Trouble outOfConnections(DatabaseServer server) {
		return new Trouble("out of connections", server::takeConnections, server::giveConnections);
	}

	/** An action on a server. */
	@FunctionalInterface
	interface Action {

		void run() throws Exception;

	}

}
