package io.pulsehook.app;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsUtils;

/**
 * Who may use the service besides SendPulse: health is for everyone, all else for who
 * logs in. Webhooks never come this far.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	// There is no session whose token could be asked for. What a browser sends for
	// another site, with the credentials that it remembers, is known by its Origin.
	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers("/actuator/health/**")
				.permitAll()
				.requestMatchers(CorsUtils::isCorsRequest)
				.denyAll()
				.anyRequest()
				.authenticated())
			.csrf(CsrfConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

}
