package io.pulsehook.app.plugin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.pulsehook.plugin.GreetingPlugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests what the log says at start about jars in the directory of plug-ins.
 */
@ExtendWith(OutputCaptureExtension.class)
class PluginsTests {

	@TempDir
	private Path directory;

	@Test
	void tellsWhichHandlersAPluginBrought(CapturedOutput output) throws IOException {
		start(write(GreetingPlugin.class, "# mine\n" + GreetingPlugin.class.getName() + "\n"));
		assertThat(output).contains("The plug-in greeting.jar brought the handlers [greeting].");
	}

	@Test
	void saysThatAPluginWithoutTheFileBringsNothing(CapturedOutput output) throws IOException {
		start(write(GreetingPlugin.class, null));
		assertThat(output).contains("WARN")
			.contains("The plug-in greeting.jar has no file " + PluginJar.IMPORTS)
			.doesNotContain("brought");
	}

	@Test
	void isSilentAboutALibraryThatAPluginNeeds(CapturedOutput output) throws IOException {
		start(write(CapturedOutput.class, null));
		assertThat(output).doesNotContain("greeting.jar");
	}

	@Test
	void namesTheJarThatNamesAClassThatIsNotThere() throws IOException {
		FailureAnalysis analysis = analyse(write(GreetingPlugin.class, "com.example.Missing"));
		assertThat(analysis.getDescription())
			.isEqualTo("The plug-in greeting.jar names the class com.example.Missing, which is not there.");
		assertThat(analysis.getAction()).contains(PluginJar.IMPORTS, "remove the jar");
	}

	@Test
	void namesTheJarWithAClassThatCannotBeLoaded() throws IOException {
		Path jar = jar("com/example/Broken.class", "no class".getBytes(StandardCharsets.UTF_8), "com.example.Broken");
		FailureAnalysis analysis = analyse(jar);
		assertThat(analysis.getDescription())
			.startsWith("The class com.example.Broken of the plug-in greeting.jar cannot be loaded: ")
			.contains("ClassFormatError");
	}

	@Test
	void namesAJarThatIsNone() throws IOException {
		FailureAnalysis analysis = analyse(Files.writeString(this.directory.resolve("half.jar"), "PK"));
		assertThat(analysis.getDescription()).contains("half.jar").contains("cannot be read");
	}

	@Test
	void findsThePluginsOfTheImage() throws IOException {
		Path plugin = write(GreetingPlugin.class, null);
		Path other = Files.writeString(this.directory.resolve("app.jar"), "");
		assertThat(ClassPathJars.in(null, other + File.pathSeparator + plugin)).containsExactly(plugin);
	}

	@Test
	void letsPluginsUseKafkaAsSpringBootConfiguresIt() throws IOException {
		assertThat(leftOut(write(GreetingPlugin.class, GreetingPlugin.class.getName()))).isEmpty();
		assertThat(leftOut(this.directory)).isEqualTo("Kafka");
	}

	// Returns which configurations of Spring Boot the service leaves out.
	private static @Nullable String leftOut(Path jar) throws IOException {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() });
				AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.setClassLoader(loader);
			DefaultPropertiesPropertySource.addOrMerge(Map.of("spring.autoconfigure.exclude", "Kafka"),
					context.getEnvironment().getPropertySources());
			new Plugins().initialize(context);
			return context.getEnvironment().getProperty("spring.autoconfigure.exclude");
		}
	}

	private FailureAnalysis analyse(Path jar) {
		PluginException thrown = catchThrowableOfType(PluginException.class, () -> start(jar));
		return new PluginFailureAnalyzer().analyze(thrown, thrown);
	}

	private static void start(Path jar) throws IOException {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() },
				PluginsTests.class.getClassLoader());
				AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.setClassLoader(loader);
			context.register(GreetingPlugin.class);
			new Plugins().initialize(context);
			context.refresh();
		}
	}

	private Path write(Class<?> type, @Nullable String imports) throws IOException {
		String name = type.getName().replace('.', '/') + ".class";
		try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
			assertThat(in).isNotNull();
			return jar(name, in.readAllBytes(), imports);
		}
	}

	private Path jar(String name, byte[] bytes, @Nullable String imports) throws IOException {
		Path file = Files.createDirectories(this.directory.resolve("plugins")).resolve("greeting.jar");
		try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out)) {
			jar.putNextEntry(new JarEntry(name));
			jar.write(bytes);
			if (imports != null) {
				jar.putNextEntry(new JarEntry(PluginJar.IMPORTS));
				jar.write(imports.getBytes(StandardCharsets.UTF_8));
			}
		}
		return file;
	}

}
