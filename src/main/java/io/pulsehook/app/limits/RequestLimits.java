package io.pulsehook.app.limits;

/**
 * How many requests may be in progress at once.
 *
 * @param requests how many requests of strangers; as many again of users who have logged
 * in, half as many that are sending their bodies, and a quarter as many that ask for the
 * health of the service
 * @param largeBodies how many requests whose bodies may be larger than others', from the
 * time at which they are sent until they are answered
 */
record RequestLimits(int requests, int largeBodies) {

	/**
	 * Returns the limits for a limited number of threads, all of which slow clients could
	 * otherwise occupy.
	 * @param threads how many threads there are
	 * @return the limits, with requests on at most a quarter of the threads, or on two
	 */
	RequestLimits on(int threads) {
		return new RequestLimits(Math.min(this.requests, Math.max(2, threads / 4)), this.largeBodies);
	}

}
