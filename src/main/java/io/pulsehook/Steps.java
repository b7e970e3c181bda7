package io.pulsehook;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The steps of one attempt at a delivery. It runs those that no earlier attempt has
 * finished, and has the results of the others. It belongs to the thread that made it.
 */
final class Steps {

	/**
	 * A name, with those of the steps around it, has no more characters than these, since
	 * it is part of a key in the database.
	 */
	private static final int MAX_NAME = 200;

	private final String handler;

	private final StepStore store;

	private final Thread thread = Thread.currentThread();

	private final Set<String> used = new HashSet<>();

	/**
	 * How many times each operation was begun, by its name within the steps around it.
	 */
	private final Map<String, Integer> sends = new HashMap<>();

	private @Nullable Map<String, String> finished;

	/**
	 * Names the steps that are at work, with which the name of one within them begins.
	 */
	private String prefix = "";

	Steps(String handler, StepStore store) {
		this.handler = handler;
		this.store = store;
	}

	/**
	 * Runs a step, or returns what it returned in an earlier attempt.
	 * @param <T> the type of the result
	 * @param <X> what the step may throw
	 * @param name the step's name within the steps around it
	 * @param type the type to write the result as JSON and read it again
	 * @param step the step
	 * @return the result, read from JSON
	 * @throws X if the step throws it
	 */
	<T extends @Nullable Object, X extends Exception> T once(String name, Type type, TaskCallback<T, X> step) throws X {
		String whole = this.prefix + name;
		requireThread(whole);
		refuseTransaction(whole);
		return begin(whole, name, type, step);
	}

	/**
	 * Runs a step that sends something, or returns what it returned in an earlier
	 * attempt. Its name is made of the operation and of how many times that was begun
	 * within the steps around it.
	 * @param <T> the type of the result
	 * @param <X> what the step may throw
	 * @param operation what is sent and to whom
	 * @param type the type to write the result as JSON and read it again
	 * @param step the step
	 * @return the result, read from JSON
	 * @throws X if the step throws it
	 */
	<T extends @Nullable Object, X extends Exception> T sendOnce(String operation, Type type, TaskCallback<T, X> step)
			throws X {
		requireThread(this.prefix + operation);
		String name = operation + " #" + this.sends.merge(this.prefix + operation, 1, Integer::sum);
		return begin(this.prefix + name, name, type, step);
	}

	private <T extends @Nullable Object, X extends Exception> T begin(String whole, String name, Type type,
			TaskCallback<T, X> step) throws X {
		use(whole, name);
		String json = finished().get(whole);
		StepResult result = (json != null) ? new StepResult(whole, json) : run(whole, type, step);
		return result.as(type);
	}

	private <X extends Exception> StepResult run(String name, Type type, TaskCallback<?, X> step) throws X {
		this.store.begin(name);
		StepResult result = StepResult.of(name, type, call(name, step));
		this.store.finish(name, result.json());
		return result;
	}

	private <T extends @Nullable Object, X extends Exception> T call(String name, TaskCallback<T, X> step) throws X {
		String outer = this.prefix;
		this.prefix = name + "/";
		try {
			return step.call();
		}
		finally {
			this.prefix = outer;
		}
	}

	private Map<String, String> finished() {
		Map<String, String> known = this.finished;
		if (known == null) {
			known = this.store.finished();
			this.finished = known;
		}
		return known;
	}

	// A transaction belongs to its thread, so that one of the handler's could not be seen
	// from another thread. Nor could an attempt end before all of its steps have.
	private void requireThread(String name) {
		if (Thread.currentThread() != this.thread) {
			throw new IllegalStateException(
					("The step '%s' of handler '%s' was begun on thread '%s', so it was not run. "
							+ "Call once on the thread that called the handler, '%s', and use other threads within the step.")
						.formatted(name, this.handler, Thread.currentThread().getName(), this.thread.getName()));
		}
	}

	private void refuseTransaction(String name) {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException(
					("The step '%s' of handler '%s' was begun within a transaction, so it was not "
							+ "run: a rollback would undo what it does, and later attempts would skip it all the same. Begin "
							+ "the transaction within the step, or end it before.")
						.formatted(name, this.handler));
		}
	}

	private void use(String whole, String name) {
		if (name.isBlank() || whole.length() > MAX_NAME || !isText(name)) {
			throw new IllegalArgumentException(("The step '%s' of handler '%s' was not run. The name of a step is not "
					+ "blank, has no control characters, and has at most %d characters with the names of the steps "
					+ "around it.")
				.formatted(whole, this.handler, MAX_NAME));
		}
		if (!this.used.add(whole)) {
			throw new IllegalStateException(
					("The step '%s' of handler '%s' was begun twice in one attempt, so it was not "
							+ "run again: another attempt could not tell the two apart. Give each step a name of its own, in "
							+ "a loop with the number or the id of what it is about, and try again within the step.")
						.formatted(whole, this.handler));
		}
	}

	// Databases refuse a NUL and half of a surrogate pair.
	private static boolean isText(String name) {
		return name.codePoints()
			.noneMatch((character) -> Character.isISOControl(character)
					|| Character.getType(character) == Character.SURROGATE);
	}

}
