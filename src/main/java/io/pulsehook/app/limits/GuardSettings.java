package io.pulsehook.app.limits;

import java.time.Duration;

import org.apache.catalina.connector.Request;
import org.springframework.http.HttpHeaders;

import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;

/**
 * Which requests the guard lets in.
 *
 * @param places how many requests at once
 * @param body the largest body in bytes
 * @param events the path of the API to which programs post events
 * @param eventsBody the largest body there, or 0 if there is no API
 * @param bodyTime how long a body may take to arrive
 * @param requestTime how long a request may take
 * @param health the path of the health of the service
 */
record GuardSettings(RequestLimits places, int body, String events, int eventsBody, Duration bodyTime,
		Duration requestTime, String health) {

	boolean isWebhook(Request request) {
		return request.getWrapper() != null
				&& PulsehookAutoConfiguration.WEBHOOK_SERVLET.equals(request.getWrapper().getName());
	}

	/**
	 * Returns how large the body of a request may be.
	 * @param request the request
	 * @return the size in bytes
	 */
	int bodyOf(Request request) {
		return (request.getContextPath() + this.events).equals(request.getDecodedRequestURI())
				? Math.max(this.body, this.eventsBody) : this.body;
	}

	/**
	 * Whether the body of a request may be larger than others' bodies.
	 * @param request the request
	 * @return whether it is announced to be, or might turn out to be
	 */
	boolean mayBeLarge(Request request) {
		long length = request.getContentLengthLong();
		return bodyOf(request) > this.body && (length < 0 || length > this.body);
	}

	/**
	 * Whether a request asks for the health of the service, as orchestrators and load
	 * balancers do.
	 * @param request the request
	 * @return whether it asks for no more than that, without a login, which takes time
	 */
	boolean isProbe(Request request) {
		String path = request.getDecodedRequestURI();
		if (path == null) {
			// The container could not decode the path, and answers the request itself.
			return false;
		}
		String health = request.getContextPath() + this.health;
		return (path.equals(health) || path.startsWith(health + "/"))
				&& (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
				&& request.getHeader(HttpHeaders.AUTHORIZATION) == null;
	}

}
