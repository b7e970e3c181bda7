package io.pulsehook.app.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Moves requests of users who have logged in to places of their own, where they may take
 * longer, as an export does. It runs after the login.
 */
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1)
final class OperatorFilter extends OncePerRequestFilter {

	private final Semaphore places;

	private final Duration time;

	OperatorFilter(Semaphore places, Duration time) {
		this.places = places;
		this.time = time;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getUserPrincipal() != null
				&& request.getAttribute(RequestSlot.ATTRIBUTE) instanceof RequestSlot place) {
			place.moveTo(this.places, this.time);
		}
		chain.doFilter(request, response);
	}

}
