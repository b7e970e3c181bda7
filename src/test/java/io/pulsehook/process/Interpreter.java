package io.pulsehook.process;

import java.util.List;

/**
 * The languages in which {@code docs/receivers} has a receiver, and how one is started.
 */
enum Interpreter {

	PHP("receiver.php", "php", "-S", "127.0.0.1:%d", "receiver.php"),

	NODE("receiver.mjs", "node", "receiver.mjs"),

	PYTHON("receiver.py", "python3", "receiver.py");

	private final String file;

	private final List<String> command;

	Interpreter(String file, String... command) {
		this.file = file;
		this.command = List.of(command);
	}

	String file() {
		return this.file;
	}

	boolean isInstalled() {
		return Commands.succeed(this.command.get(0), "--version");
	}

	List<String> command(int port) {
		return this.command.stream().map((part) -> part.formatted(port)).toList();
	}

}
