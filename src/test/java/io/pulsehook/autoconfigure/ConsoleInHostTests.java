package io.pulsehook.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.SpringTemplateEngine;

import io.pulsehook.Samples;
import io.pulsehook.console.ConsoleConfiguration;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the console in a host application whose own security rules protect it.
 */
class ConsoleInHostTests {

	private final WebApplicationContextRunner runner;

	ConsoleInHostTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(WebMvcAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
							PulsehookAutoConfiguration.class, ConsoleAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory, "pulsehook.token=a-token-for-the-tests-of-the-host");
	}

	@Test
	void isAbsentUnlessAskedFor() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ConsoleConfiguration.class));
	}

	@Test
	void isAbsentWithoutThymeleaf() {
		this.runner.withPropertyValues("pulsehook.console.enabled=true")
			.withClassLoader(new FilteredClassLoader(SpringTemplateEngine.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsoleConfiguration.class));
	}

	@Test
	void liesBelowTheBasePathAndBringsNoSecurityAndNoViews() {
		this.runner.withPropertyValues("pulsehook.console.enabled=true").run((context) -> {
			assertThat(context).doesNotHaveBean(SecurityFilterChain.class).doesNotHaveBean(SpringTemplateEngine.class);
			assertThat(context.getBeansOfType(ViewResolver.class).values())
				.noneMatch((resolver) -> resolver.getClass().getName().contains("thymeleaf"));
			MockMvcTester mvc = MockMvcTester.from(context);
			assertThat(mvc.get().uri("/pulsehook/console")).hasStatusOk()
				.bodyText()
				.contains("href=\"/pulsehook/console/assets/console.css\"")
				.doesNotContain("Log out");
			assertThat(mvc.get().uri("/pulsehook/console/assets/console.css")).hasStatusOk();
			assertThat(mvc.get().uri("/pulsehook/console/login")).hasStatus(HttpStatus.NOT_FOUND);
			assertThat(mvc.get().uri("/console")).hasStatus(HttpStatus.NOT_FOUND);
		});
	}

	@Test
	void showsAndErasesAContactOfAHost() {
		this.runner.withPropertyValues("pulsehook.console.enabled=true").run((context) -> {
			MockMvcTester mvc = MockMvcTester.from(context);
			context.getBean(Receiver.class)
				.receive("default", Samples.INCOMING_MESSAGE.getBytes(StandardCharsets.UTF_8));
			String contact = String.valueOf(context.getBean(StoredEvents.class).find(1).orElseThrow().contact());
			assertThat(mvc.get().uri("/pulsehook/console/contacts/" + contact)).hasStatusOk()
				.bodyText()
				.contains("href=\"/pulsehook/console/contacts/erase?id=" + contact + "\"",
						"href=\"/pulsehook/console/assets/contacts.css\"", "href=\"/pulsehook/console/events/1\"");
			assertThat(mvc.post()
				.uri("/pulsehook/console/contacts/erase")
				.param("id", contact)
				.param("confirmation", contact)).hasStatus(HttpStatus.SEE_OTHER);
			assertThat(context.getBean(StoredEvents.class).find(1)).isEmpty();
		});
	}

	@Test
	void hasNoLoginOfItsOwnInAHostEvenWhereItIsServedAtTheRoot() {
		this.runner.withPropertyValues("pulsehook.console.enabled=true", "pulsehook.base-path=").run((context) -> {
			MockMvcTester mvc = MockMvcTester.from(context);
			assertThat(mvc.get().uri("/console/connect")).hasStatusOk();
			assertThat(mvc.get().uri("/")).hasStatus(HttpStatus.NOT_FOUND);
		});
	}

	@Test
	void keepsItsPathAndTheApiTheirsWhereTheHostPutsAPrefixBeforeAllControllers() {
		this.runner.withPropertyValues("pulsehook.console.enabled=true", "pulsehook.api.enabled=true")
			.withConfiguration(AutoConfigurations.of(ApiAutoConfiguration.class))
			.withUserConfiguration(PrefixedHost.class)
			.run((context) -> {
				MockMvcTester mvc = MockMvcTester.from(context);
				assertThat(mvc.get().uri("/host/orders")).hasStatusOk().hasBodyTextEqualTo("the host's own");
				assertThat(mvc.get().uri("/pulsehook/console/handlers")).hasStatusOk();
				assertThat(mvc.get().uri("/pulsehook/api/handlers")).hasStatusOk();
				assertThat(mvc.get().uri("/host/handlers")).hasStatus(HttpStatus.NOT_FOUND);
				assertThat(mvc.get().uri("/orders")).hasStatus(HttpStatus.NOT_FOUND);
			});
	}

	@Test
	void andTheApiKeepTheirPathsWhereTheHostConfiguresSpringMvcAloneAndAsksNoConfigurer() {
		this.runner.withPropertyValues("pulsehook.console.enabled=true", "pulsehook.api.enabled=true")
			.withConfiguration(AutoConfigurations.of(ApiAutoConfiguration.class))
			.withUserConfiguration(HostWithItsOwnMvc.class)
			.run((context) -> {
				MockMvcTester mvc = MockMvcTester.from(context);
				assertThat(mvc.get().uri("/pulsehook/api/handlers")).hasStatusOk();
				assertThat(mvc.get().uri("/pulsehook/console/handlers")).hasStatusOk();
				assertThat(mvc.get().uri("/handlers")).hasStatus(HttpStatus.NOT_FOUND);
				assertThat(mvc.get().uri("/events")).hasStatus(HttpStatus.NOT_FOUND);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class HostWithItsOwnMvc extends WebMvcConfigurationSupport {

	}

	@RestController
	static class PrefixedHost implements WebMvcConfigurer {

		@Override
		public void configurePathMatch(PathMatchConfigurer paths) {
			paths.addPathPrefix("/host", HandlerTypePredicate.forAnyHandlerType());
		}

		@GetMapping("/orders")
		String orders() {
			return "the host's own";
		}

	}

}
