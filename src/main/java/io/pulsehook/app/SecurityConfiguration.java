package io.pulsehook.app;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/**
 * Who may use the service besides SendPulse: health is for everyone, all else for who
 * logs in. Webhooks never come this far.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	// The token of a form is in a cookie: a session would be made and kept for everyone
	// who
	// posts without one.
	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/actuator/health/**").permitAll().anyRequest().authenticated())
			.csrf((csrf) -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository())
				.ignoringRequestMatchers(SecurityConfiguration::isFromProgram))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	// A browser adds remembered credentials to the forms of other sites as well, but
	// never
	// without the Origin.
	private static boolean isFromProgram(HttpServletRequest request) {
		return request.getHeader(HttpHeaders.AUTHORIZATION) != null && request.getHeader(HttpHeaders.ORIGIN) == null;
	}

}
