package io.pulsehook.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.destination.http.HttpReceiver;

/**
 * One service with lifelike events and one Chromium for all classes of browser tests that
 * run in this JVM, since each would take seconds to start its own. A class has it by
 * {@code @RegisterExtension static final SharedConsole console = new SharedConsole();}
 * and must hold whatever ran before it: it sends the events that it looks for, under
 * names of people that are its own, and never expects that there are no others. What it
 * makes fail works again after {@link DemoService#mend()}. When a class begins, handlers
 * fail and there are dead letters of each, also if a class before it has
 * {@linkplain DemoService#mend() mended} all.
 */
final class SharedConsole implements BeforeAllCallback, AfterEachCallback {

	private static final Log logger = LogFactory.getLog(SharedConsole.class);

	private static final String LONG_NAME = "thepartnerwhosellsourcoursesinportugalandinbrazilwithoutanybreak";

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static @Nullable Chromium chromium;

	private static @Nullable DemoService service;

	private static @Nullable HttpReceiver receiver;

	@Override
	public void beforeAll(ExtensionContext context) throws Exception {
		PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
		chromium();
		if (service == null) {
			start();
		}
		receiver().answer(422, Map.of("Content-Type", "application/json"),
				"{\"error\":\"There is no list for them.\"}");
		service().fail();
	}

	// No class knows whether it is the last one, so that all ends with the JVM.
	private static void start() throws IOException, SQLException {
		HttpReceiver ofTests = new HttpReceiver();
		ofTests.answer(422);
		Path directory = Files.createTempDirectory("shared-console");
		DemoService started = new DemoService(directory.resolve("data"),
				"--pulsehook.destinations.mailing.url=" + ofTests.url(),
				"--pulsehook.destinations.mailing.types=NewSubscriber",
				"--pulsehook.destinations.mailing.max-retries=0", "--pulsehook.destinations.mailing.breaker=0",
				"--pulsehook.destinations." + LONG_NAME + ".url=" + ofTests.url(),
				"--pulsehook.destinations." + LONG_NAME + ".types=LinkClick",
				"--pulsehook.destinations." + LONG_NAME + ".max-retries=0",
				"--pulsehook.destinations." + LONG_NAME + ".breaker=0",
				"--pulsehook.destinations.team.telegram.token=1:token",
				"--pulsehook.destinations.team.telegram.chat=@coffee_team",
				"--pulsehook.destinations.team.telegram.url=" + ofTests.url("/"),
				"--pulsehook.destinations.team.text={contact.name} has gone",
				"--pulsehook.destinations.team.types=BotBlock",
				// An account that nobody asks, since there is no page of reconciliations
				// without one.
				"--pulsehook.sendpulse.api-key=none", "--pulsehook.sendpulse.url=" + ofTests.url("/"));
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, ofTests, directory)));
		receiver = ofTests;
		service = started;
		started.fill();
	}

	private static void stop(DemoService started, HttpReceiver ofTests, Path directory) {
		if (chromium != null) {
			chromium.close();
		}
		started.close();
		ofTests.close();
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Closes the windows of a test, which fails if any of their pages has logged an error
	 * or broken its security policy. What hangs while it closes is Chromium and not a
	 * page, so that the next test has another one and this one does not fail.
	 */
	@Override
	public void afterEach(ExtensionContext context) {
		Chromium used = chromium();
		try {
			used.closeWindows(PATIENCE);
		}
		catch (PlaywrightException ex) {
			logger.warn("Chromium was killed after " + context.getDisplayName(), ex);
			chromium = null;
			used.kill();
		}
		used.mustNotHaveComplained();
	}

	/** Returns the browser, which is another one after a test in which it hung. */
	Chromium chromium() {
		Chromium present = chromium;
		if (present == null) {
			present = new Chromium();
			chromium = present;
		}
		return present;
	}

	DemoService service() {
		return Objects.requireNonNull(service);
	}

	/** Returns what the destinations {@code mailing} and {@code team} post to. */
	HttpReceiver receiver() {
		return Objects.requireNonNull(receiver);
	}

	/** Opens a window and logs in. */
	Page loggedIn() {
		return loggedIn(new Browser.NewContextOptions());
	}

	Page loggedIn(Browser.NewContextOptions options) {
		Page page = chromium().open(service().root() + "/", options);
		Chromium.logIn(page);
		return page;
	}

}
