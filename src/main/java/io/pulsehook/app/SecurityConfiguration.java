package io.pulsehook.app;

import java.nio.file.Path;
import java.util.function.LongSupplier;

import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

import io.pulsehook.inbox.SharedSettings;

/**
 * Decides who may use the service besides SendPulse: everyone may ask for the health, and
 * all else needs a login, from browsers by a form and from programs by HTTP Basic.
 * Webhook requests never get here, because the webhook filter answers them before.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private final String console;

	private final boolean form;

	SecurityConfiguration(@Value("${pulsehook.base-path:/pulsehook}") String basePath,
			@Value("${pulsehook.console.enabled:false}") boolean consoleEnabled,
			@Value("${pulsehook.console.login:false}") boolean login) {
		this.console = basePath + "/console";
		this.form = consoleEnabled && login;
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, AuthenticationManager logins) {
		LoginEntryPoint entryPoint = new LoginEntryPoint(this.console + "/login", this.form);
		http.authenticationManager(logins)
			.authorizeHttpRequests(
					(requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
						.permitAll()
						.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
						.permitAll()
						.requestMatchers(this.console + "/login", this.console + "/assets/**")
						.permitAll()
						.requestMatchers(Browsers::usesBasicForAnotherSite)
						.denyAll()
						.anyRequest()
						.authenticated())
			.csrf((csrf) -> csrf.csrfTokenRepository(csrfTokens()).ignoringRequestMatchers(Browsers::usesBasic))
			.securityContext((context) -> context.securityContextRepository(new Credentials()))
			.requestCache((cache) -> cache.requestCache(new PageRequestCache()))
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(entryPoint).accessDeniedHandler(entryPoint))
			.httpBasic((basic) -> basic.authenticationEntryPoint(entryPoint));
		if (this.form) {
			http.formLogin((login) -> login.loginPage(this.console + "/login")
				.defaultSuccessUrl(this.console)
				.failureHandler(entryPoint))
				.logout((logout) -> logout.logoutUrl(this.console + "/logout")
					.logoutSuccessUrl(this.console + "/login?logout"));
		}
		return http.build();
	}

	// Keeps CSRF tokens in cookies. In sessions, strangers could fill the memory with
	// them.
	private static CookieCsrfTokenRepository csrfTokens() {
		CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
		tokens.setCookieName("pulsehook-csrf");
		tokens.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		return tokens;
	}

	@Bean
	AuthenticationManager authenticationManager(UserDetailsService users, Passwords passwords,
			SecurityProperties properties) {
		return new ProviderManager(logins(users, passwords, properties.getUser().getName(), System::nanoTime));
	}

	static LoginThrottle logins(UserDetailsService users, Passwords passwords, String user, LongSupplier nanoTime) {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
		provider.setPasswordEncoder(passwords.withDecoy(String.valueOf(users.loadUserByUsername(user).getPassword())));
		return new LoginThrottle(provider, (login) -> wasRightLast(login, users, passwords), nanoTime);
	}

	private static boolean wasRightLast(Authentication login, UserDetailsService users, Passwords passwords) {
		try {
			String encoded = users.loadUserByUsername(login.getName()).getPassword();
			return encoded != null && passwords.wasRightLast(String.valueOf(login.getCredentials()), encoded);
		}
		catch (UsernameNotFoundException ex) {
			return false;
		}
	}

	@Bean
	Passwords passwords() {
		return new Passwords();
	}

	@Bean
	UserDetailsService userDetailsService(SecurityProperties properties, Passwords passwords,
			ObjectProvider<SharedSettings> settings, Environment environment) {
		SecurityProperties.User user = properties.getUser();
		return new InMemoryUserDetailsManager(User.withUsername(user.getName())
			.password(user.isPasswordGenerated()
					? firstPassword(user.getName(), passwords, settings.getIfAvailable(), environment)
					: Passwords.configured(user.getPassword()))
			.roles(user.getRoles().toArray(String[]::new))
			.build());
	}

	// The settings are always asked for, because they come with the inbox, which makes
	// sure that no other process uses the directory.
	private static String firstPassword(String user, Passwords passwords, @Nullable SharedSettings settings,
			Environment environment) {
		FirstPassword first = new FirstPassword(user, passwords);
		return (settings != null && settings.isShared()) ? first.sharedThrough(settings)
				: first.in(dataDirectory(environment));
	}

	// Bound as the inbox has it bound: a variable of the environment that is empty counts
	// as not set.
	private static Path dataDirectory(Environment environment) {
		return Binder.get(environment).bind("pulsehook.data-dir", Path.class).orElse(Path.of("pulsehook-data"));
	}

}
