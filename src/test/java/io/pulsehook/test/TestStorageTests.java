package io.pulsehook.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.PropertySource;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the inbox of a user's tests by starting such tests as JUnit does.
 */
class TestStorageTests {

	private static final Path APPLICATION = Path.of(System.getProperty("java.io.tmpdir"))
		.resolve("pulsehook-of-the-application");

	private final List<TestContextManager> managers = new ArrayList<>();

	@AfterEach
	void closeContexts() {
		this.managers
			.forEach((manager) -> manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE));
	}

	@Test
	void keepsOutOfTheDirectoryOfTheApplication() {
		Path used = directory(contextOf(Plain.class));
		assertThat(used.resolve("pulsehook.db")).isRegularFile();
		assertThat(used).isNotEqualTo(APPLICATION);
		assertThat(APPLICATION).doesNotExist();
	}

	@Test
	void letsContextsThatDifferLiveSideBySide() {
		assertThat(directory(contextOf(Other.class))).isNotEqualTo(directory(contextOf(Plain.class)));
	}

	@Test
	void makesNoContextsThatWouldHaveBeenOne() {
		assertThat(contextOf(PlainAsWell.class)).isSameAs(contextOf(Plain.class));
	}

	@Test
	void callsNobodyWhomTheApplicationCalls() {
		assertThat(contextOf(Plain.class).containsBean("pulsehookAlerts")).isFalse();
	}

	@Test
	void leavesToATestWhatItSetsItself() throws Exception {
		ConfigurableApplicationContext context = contextOf(Configured.class);
		assertThat(directory(context)).isEqualTo(Path.of("target", "inbox-of-a-test"));
		assertThat(context.containsBean("pulsehookAlerts")).isTrue();
		context.close();
		assertThat(FileSystemUtils.deleteRecursively(Path.of("target", "inbox-of-a-test"))).isTrue();
	}

	@Test
	void deletesTheDirectoryWhenTheContextCloses() {
		ConfigurableApplicationContext context = contextOf(Closed.class);
		Path used = directory(context);
		assertThat(context.getBean(Receiver.class).receive("default", "[{}]".getBytes()).accepted()).isEqualTo(1);
		context.close();
		assertThat(used).doesNotExist();
	}

	private ConfigurableApplicationContext contextOf(Class<?> test) {
		TestContextManager manager = new TestContextManager(test);
		this.managers.add(manager);
		return (ConfigurableApplicationContext) manager.getTestContext().getApplicationContext();
	}

	private static Path directory(ConfigurableApplicationContext context) {
		return Path.of(context.getEnvironment().getRequiredProperty("pulsehook.data-dir"));
	}

	@SpringBootTest(classes = Application.class)
	static class Plain {

	}

	@SpringBootTest(classes = Application.class)
	static class PlainAsWell {

	}

	@SpringBootTest(classes = Application.class, properties = "another.property=1")
	static class Other {

	}

	@SpringBootTest(classes = Application.class, properties = "another.property=2")
	static class Closed {

	}

	@SpringBootTest(classes = Application.class, properties = { "pulsehook.data-dir=target/inbox-of-a-test",
			"pulsehook.alerts.url=http://localhost:9/alarms-of-a-test" })
	static class Configured {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@PropertySource("classpath:io/pulsehook/test/host.properties")
	static class Application {

	}

}
