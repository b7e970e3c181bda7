package io.pulsehook.sendpulse.http;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Adds the token to each call. A call that is refused for its token is made once more
 * with another one, if there is any.
 */
final class Authorization implements ClientHttpRequestInterceptor {

	private final Tokens tokens;

	Authorization(Tokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		String token = this.tokens.current();
		request.getHeaders().setBearerAuth(token);
		ClientHttpResponse response = execution.execute(request, body);
		if (response.getStatusCode().value() != HttpStatus.UNAUTHORIZED.value()) {
			return response;
		}
		String other = this.tokens.insteadOf(token);
		if (other == null) {
			return response;
		}
		response.close();
		request.getHeaders().setBearerAuth(other);
		return execution.execute(request, body);
	}

}
