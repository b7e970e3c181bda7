package io.pulsehook.sendpulse.http;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Lets each request of an account wait until another call may be made.
 */
final class CallLimit implements ClientHttpRequestInterceptor {

	private final Runnable begin;

	private final Runnable end;

	private CallLimit(Runnable begin, Runnable end) {
		this.begin = begin;
		this.end = end;
	}

	static CallLimit of(CallLimiter limiter) {
		return new CallLimit(limiter::begin, limiter::end);
	}

	static CallLimit inBackground(CallLimiter limiter) {
		return new CallLimit(limiter::beginInBackground, limiter::endInBackground);
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		this.begin.run();
		try {
			return execution.execute(request, body);
		}
		finally {
			this.end.run();
		}
	}

}
