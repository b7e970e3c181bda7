package io.pulsehook.autoconfigure;

import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

import io.pulsehook.inbox.model.UnsupportedDatabaseException;

/**
 * Finds the application's {@link DataSource}.
 */
final class DataSources {

	private static final String MADE_OF_PROPERTIES = "org.springframework.boot.jdbc.autoconfigure.";

	private DataSources() {
	}

	/**
	 * Returns the only one, or the primary one of several.
	 * @param dataSources those of the application
	 * @return the one, or {@code null} if there is none
	 * @throws UnsupportedDatabaseException if none of several is the primary one, or if
	 * the properties of Spring Boot's lead to no database
	 */
	static @Nullable DataSource only(ObjectProvider<DataSource> dataSources) {
		try {
			return dataSources.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			Collection<String> names = ex.getBeanNamesFound();
			throw UnsupportedDatabaseException.ambiguous((names != null) ? names : List.of());
		}
		catch (BeanCreationException ex) {
			throw isMadeOfProperties(ex) ? UnsupportedDatabaseException.misconfigured() : ex;
		}
	}

	// A DataSource that the application makes by itself fails with the application's own
	// exception.
	private static boolean isMadeOfProperties(BeanCreationException ex) {
		String declaration = ex.getResourceDescription();
		return declaration != null && declaration.replace('/', '.').contains(MADE_OF_PROPERTIES);
	}

}
