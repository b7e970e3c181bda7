package io.pulsehook.receive;

import java.io.IOException;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One webhook request from its arrival to its answer. It records how long the answer
 * took, whichever thread gives it.
 */
final class Exchange implements Consumer<Answer> {

	private static final Log logger = LogFactory.getLog(Exchange.class);

	private final HttpServletResponse response;

	private final Requests requests;

	private final long began = System.nanoTime();

	private Observation observation = Observation.NOOP;

	private @Nullable BodyBuffer body;

	Exchange(HttpServletResponse response, Requests requests) {
		this.response = response;
		this.requests = requests;
	}

	/**
	 * Traces the request from now on until its answer.
	 */
	void observe(Observation observation) {
		this.observation = observation.start();
	}

	/**
	 * Takes over a body, whose memory is given back when the request is answered.
	 */
	void hold(BodyBuffer body) {
		this.body = body;
	}

	@Override
	public void accept(Answer answer) {
		if (this.body != null) {
			this.body.release();
		}
		this.requests.count(answer.outcome(), System.nanoTime() - this.began);
		this.observation.lowCardinalityKeyValue("outcome", answer.outcome().tag()).stop();
		try {
			answer.writeTo(this.response);
		}
		catch (IOException ex) {
			logger.debug("A client left before it was answered");
		}
	}

}
