package io.pulsehook.bench.runner;

import java.util.function.ToDoubleFunction;

/**
 * A turn of the former jar and one of this one, which saw the machine in the same state.
 *
 * @param before what the former jar did
 * @param now what this one did
 */
record Pair(Turn before, Turn now) {

	double ratio(ToDoubleFunction<Turn> value) {
		return value.applyAsDouble(this.now) / value.applyAsDouble(this.before);
	}

}
