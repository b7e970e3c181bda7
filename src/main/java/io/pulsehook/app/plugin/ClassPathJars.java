package io.pulsehook.app.plugin;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the jars beside the service on its class path.
 */
final class ClassPathJars {

	private static final String DIRECTORY = "plugins";

	private ClassPathJars() {
	}

	/**
	 * The jars that were put beside the service.
	 * @param loader the class loader of the application
	 * @param classPath the class path of the process
	 * @return the jars of {@code loader.path} if the service was started from its jar,
	 * and those of a directory {@value #DIRECTORY} on the class path otherwise, as in the
	 * image
	 */
	static List<Path> in(@Nullable ClassLoader loader, String classPath) {
		// A service that was started from its jar has all that it needs nested in it, so
		// every other jar is a plug-in.
		Stream<Path> files = (loader instanceof URLClassLoader launched)
				? Stream.of(launched.getURLs()).map(ClassPathJars::file).filter(Objects::nonNull)
				: Stream.of(classPath.split(File.pathSeparator)).map(Path::of).filter(ClassPathJars::isInDirectory);
		return files.filter((file) -> file.toString().endsWith(".jar"))
			.filter(Files::isRegularFile)
			.distinct()
			.sorted()
			.toList();
	}

	private static @Nullable Path file(URL url) {
		String location = url.toString().replaceFirst("^jar:", "").replaceFirst("!/$", "");
		return location.startsWith("file:") ? Path.of(URI.create(location)) : null;
	}

	private static boolean isInDirectory(Path file) {
		Path directory = file.getParent();
		return directory != null && directory.endsWith(DIRECTORY);
	}

}
