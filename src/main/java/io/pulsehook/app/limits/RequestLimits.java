package io.pulsehook.app.limits;

/**
 * How many requests may be in progress at once.
 *
 * @param requests those of strangers; as many again of who has logged in, half as many
 * may be sending their bodies, and a quarter as many ask for the health of the service
 * @param largeBodies those whose bodies may be larger than others', while they are sent
 * and until they are answered
 */
record RequestLimits(int requests, int largeBodies) {

	/**
	 * Returns the places where those who read or send slowly would have all threads.
	 * @param threads how many threads there are
	 * @return the places
	 */
	RequestLimits on(int threads) {
		return new RequestLimits(Math.min(this.requests, Math.max(2, threads / 4)), this.largeBodies);
	}

}
