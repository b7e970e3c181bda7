package io.pulsehook;

import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Keeps the steps of one delivery and run from one attempt to the next. Handlers have no
 * need of it, and tests of theirs give {@link Delivery.Builder#steps(Map) a map} instead.
 */
public interface StepStore {

	/**
	 * Returns the steps that are finished. Called once for each attempt, when the handler
	 * begins its first step.
	 * @return the result of each as JSON, by its name
	 */
	Map<String, String> finished();

	/**
	 * Called before a step runs.
	 * @param name the step's name
	 * @throws CancellationException if the attempt is known not to count any more, so
	 * that the step must not run
	 */
	void begin(String name);

	/**
	 * Keeps a step that ran, and returns when no crash can lose it any more.
	 * @param name the step's name
	 * @param result its result as JSON
	 * @throws CancellationException if it was not kept, because the attempt does not
	 * count any more
	 */
	void finish(String name, String result);

}
