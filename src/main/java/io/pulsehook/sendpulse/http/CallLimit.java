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

	private final CallLimiter limiter;

	CallLimit(CallLimiter limiter) {
		this.limiter = limiter;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		this.limiter.begin();
		try {
			return execution.execute(request, body);
		}
		finally {
			this.limiter.end();
		}
	}

}
