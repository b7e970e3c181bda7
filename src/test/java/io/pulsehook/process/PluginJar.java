package io.pulsehook.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Packs a plug-in as its author would: compiled classes and the name of the
 * configuration.
 */
final class PluginJar {

	private static final String IMPORTS = "META-INF/spring/"
			+ "org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private PluginJar() {
	}

	static void write(Path file, Class<?> configuration) {
		try {
			Files.createDirectories(file.getParent());
			try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
				put(jar, IMPORTS, configuration.getName().getBytes(StandardCharsets.UTF_8));
				putPackageOf(configuration, jar);
			}
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException("Cannot pack " + configuration, ex);
		}
	}

	private static void putPackageOf(Class<?> configuration, JarOutputStream jar)
			throws IOException, URISyntaxException {
		String folder = configuration.getPackageName().replace('.', '/');
		Path classes = Path.of(configuration.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (DirectoryStream<Path> files = Files.newDirectoryStream(classes.resolve(folder), "*.class")) {
			for (Path file : files) {
				put(jar, folder + "/" + file.getFileName(), Files.readAllBytes(file));
			}
		}
	}

	private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
		jar.putNextEntry(new JarEntry(name));
		jar.write(content);
		jar.closeEntry();
	}

}
