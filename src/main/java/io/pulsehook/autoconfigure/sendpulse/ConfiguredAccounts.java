package io.pulsehook.autoconfigure.sendpulse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.sendpulse.SendPulseSettings;

/**
 * Reads the accounts of SendPulse that are configured. In a test context, an account that
 * only the application's configuration names is not called, since that would reach real
 * people. It is called if the test sets a whole account, or the address alone: the
 * application's login is then sent to that address.
 */
final class ConfiguredAccounts {

	static final String COMMON = "pulsehook.sendpulse";

	private static final String SOURCES = "pulsehook.sources";

	private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9-]+");

	private final Environment environment;

	ConfiguredAccounts(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Lists the accounts that have a login.
	 */
	List<ConfiguredAccount> all() {
		Binder binder = Binder.get(this.environment);
		List<ConfiguredAccount> accounts = new ArrayList<>();
		binder.bind(COMMON, SendPulseSettings.class).ifBound((settings) -> add(accounts, null, COMMON, settings));
		binder.bind(SOURCES, Bindable.mapOf(String.class, Source.class))
			.ifBound((sources) -> sources
				.forEach((name, source) -> add(accounts, name, prefix(name), source.sendpulse())));
		return accounts;
	}

	private static String prefix(String source) {
		return SOURCES + (PLAIN_NAME.matcher(source).matches() ? "." + source : "[" + source + "]") + ".sendpulse";
	}

	private void add(List<ConfiguredAccount> accounts, @Nullable String source, String prefix,
			@Nullable SendPulseSettings settings) {
		if (settings != null && settings.hasLogin()) {
			accounts.add(new ConfiguredAccount(source, prefix, mayCall(prefix, settings)));
		}
	}

	private @Nullable SendPulseSettings mayCall(String prefix, SendPulseSettings settings) {
		SendPulseSettings outbound = Outbound.binder(this.environment)
			.bind(prefix, SendPulseSettings.class)
			.orElse(null);
		if (outbound == null || outbound.hasLogin()) {
			return outbound;
		}
		return Outbound.isSet(this.environment, prefix + ".url") ? settings.at(outbound.url()) : null;
	}

	/**
	 * What is read of a source of webhooks here.
	 *
	 * @param sendpulse the account of the source, or {@code null}
	 */
	record Source(@Nullable SendPulseSettings sendpulse) {

	}

	/**
	 * An account that is configured.
	 *
	 * @param source the source that it is for, or {@code null} for all without an account
	 * of their own
	 * @param prefix the prefix of its properties
	 * @param settings the settings to call it with, or {@code null} if it is not called,
	 * since a test runs that did not configure it
	 */
	record ConfiguredAccount(@Nullable String source, String prefix, @Nullable SendPulseSettings settings) {

	}

}
