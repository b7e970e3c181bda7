package io.pulsehook.console.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.pulsehook.inbox.model.Columns;

/**
 * Serves the console's stylesheets and scripts, and forbids browsers to run or load
 * anything else: the pages show text of strangers, which could contain a script.
 */
public final class ConsoleWeb implements WebMvcConfigurer, HandlerInterceptor {

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

	private final ConsoleSettings settings;

	private final String path;

	public ConsoleWeb(ConsoleSettings settings) {
		this.settings = settings;
		this.path = settings.path();
	}

	/**
	 * Redirects from the root of the service to the console. In a host application the
	 * root belongs to the host.
	 */
	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		if (this.settings.login()) {
			registry.addRedirectViewController(this.settings.basePath() + "/", this.path)
				.setStatusCode(HttpStatus.SEE_OTHER);
		}
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		// A browser asks each time whether a file has changed, and downloads it only if
		// it has.
		CacheControl revalidated = CacheControl.noCache();
		registry.addResourceHandler(this.path + "/assets/**")
			.addResourceLocations("classpath:/io/pulsehook/console/assets/",
					WEBJARS + "picocss__pico/" + version("picocss__pico") + "/css/",
					WEBJARS + "chart.js/" + version("chart.js") + "/dist/")
			.setCacheControl(revalidated);
	}

	private static String version(String webjar) {
		Properties properties = new Properties();
		ClassPathResource resource = new ClassPathResource(
				"META-INF/maven/org.webjars.npm/" + webjar + "/pom.properties", ConsoleWeb.class.getClassLoader());
		try (InputStream in = resource.getInputStream()) {
			properties.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The console needs the WebJar org.webjars.npm:" + webjar
					+ ". Add it, or set pulsehook.console.enabled=false.", ex);
		}
		return properties.getProperty("version");
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns(this.path, this.path + "/**");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Referrer-Policy", "same-origin");
		if (!request.getRequestURI().contains("/console/assets/")) {
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		}
		if (handler instanceof HandlerMethod) {
			request.getParameterMap().forEach(ConsoleWeb::mustBeStorable);
		}
		return true;
	}

	private static void mustBeStorable(String name, String[] values) {
		if (!Stream.of(values).allMatch(Columns::isAccepted)) {
			throw new NotUnderstoodException("The parameter “" + name
					+ "” has a NUL or half of a surrogate pair, which no stored text has. Leave it out.");
		}
	}

}
