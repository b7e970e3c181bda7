package io.pulsehook.bench.runner;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A JVM that something is run on.
 *
 * @param home where it is installed
 * @param feature its version
 */
record Jvm(Path home, int feature) {

	/** The one that this runs on. */
	static Jvm current() {
		return new Jvm(Path.of(System.getProperty("java.home")), Runtime.version().feature());
	}

	/** Java 25, if it is installed under the name that CI services use. */
	static Optional<Jvm> java25() {
		return (Runtime.version().feature() == 25) ? Optional.of(current())
				: Optional.ofNullable(System.getenv("JAVA_HOME_25_X64")).map((home) -> new Jvm(Path.of(home), 25));
	}

	/** The one that is recommended, or else the one there is. */
	static Jvm best() {
		return java25().orElseGet(Jvm::current);
	}

	String java() {
		return this.home.resolve("bin/java").toString();
	}

	@Override
	public String toString() {
		return "Java " + this.feature;
	}

}
