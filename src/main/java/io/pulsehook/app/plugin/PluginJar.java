package io.pulsehook.app.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;

/**
 * A jar that was put beside the service to bring handlers.
 *
 * @param name the name of its file
 * @param classes the names of its classes
 * @param configurations the configuration classes that it names, or {@code null} if it
 * has no file that names them
 * @param handles whether a class of it mentions handlers
 */
record PluginJar(String name, List<String> classes, @Nullable List<String> configurations, boolean handles) {

	/** The file that names the configuration classes. */
	static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private static final String CLASS = ".class";

	/** The names of the handler types as compiled classes write them. */
	private static final List<String> HANDLERS = Stream.of(EventHandler.class, BurstHandler.class)
		.map((type) -> type.getName().replace('.', '/'))
		.toList();

	static PluginJar read(Path file) {
		try (JarFile jar = new JarFile(file.toFile())) {
			List<JarEntry> classes = jar.stream().filter((entry) -> entry.getName().endsWith(CLASS)).toList();
			JarEntry imports = jar.getJarEntry(IMPORTS);
			return new PluginJar(String.valueOf(file.getFileName()),
					classes.stream().map(PluginJar::className).toList(),
					(imports != null) ? names(text(jar, imports)) : null,
					imports == null && mentionHandlers(jar, classes));
		}
		catch (IOException ex) {
			throw new PluginException("The plug-in " + file + " cannot be read: " + ex.getMessage() + ".",
					"Replace it by a complete jar, or remove it.", ex);
		}
	}

	private static String className(JarEntry entry) {
		String name = entry.getName();
		return name.substring(0, name.length() - CLASS.length()).replace('/', '.');
	}

	// Reads the file in the way in which Spring Boot does.
	private static List<String> names(String imports) {
		return imports.lines()
			.map((line) -> line.replaceFirst("#.*", "").strip())
			.filter((line) -> !line.isEmpty())
			.toList();
	}

	private static boolean mentionHandlers(JarFile jar, List<JarEntry> classes) throws IOException {
		for (JarEntry entry : classes) {
			if (HANDLERS.stream().anyMatch(text(jar, entry)::contains)) {
				return true;
			}
		}
		return false;
	}

	private static String text(JarFile jar, JarEntry entry) throws IOException {
		try (InputStream in = jar.getInputStream(entry)) {
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

}
