package io.pulsehook.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The system's Chromium. It records what pages complain of: errors of their scripts and
 * requests that their security policy forbids.
 */
final class Chromium implements AutoCloseable {

	private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

	private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
			"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
			"--disable-sync");

	/** What a start may take while other tests use the machine as well. */
	private static final Duration START_PATIENCE = Duration.ofMinutes(2);

	private final Playwright playwright;

	/** The drivers that others have started. */
	private final List<ProcessHandle> others = drivers();

	private final Browser browser;

	private final List<String> complaints = new ArrayList<>();

	Chromium() {
		Assumptions.assumeTrue(Files.isExecutable(EXECUTABLE), "There is no " + EXECUTABLE);
		Future<?> end = killAfter(START_PATIENCE);
		try {
			this.playwright = Playwright
				.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
			this.browser = this.playwright.chromium()
				.launch(new BrowserType.LaunchOptions().setExecutablePath(EXECUTABLE)
					.setArgs(ARGUMENTS)
					.setTimeout(START_PATIENCE.toMillis()));
		}
		catch (PlaywrightException ex) {
			kill();
			throw ex;
		}
		finally {
			end.cancel(false);
		}
	}

	// Opens a window with cookies of its own.
	Page open(String root) {
		return open(root, new Browser.NewContextOptions());
	}

	Page open(String root, int width, int height, ColorScheme scheme) {
		return open(root,
				new Browser.NewContextOptions().setViewportSize(width, height)
					.setColorScheme(scheme)
					.setReducedMotion(ReducedMotion.REDUCE)
					.setTimezoneId("Europe/Kyiv")
					.setDeviceScaleFactor((width < 600) ? 2 : 1));
	}

	Page open(String root, Browser.NewContextOptions options) {
		BrowserContext context = this.browser.newContext(options.setBaseURL(root).setLocale("en-GB"));
		context.setDefaultTimeout(30_000);
		Page page = context.newPage();
		page.onConsoleMessage((message) -> {
			if (List.of("error", "warning").contains(message.type())) {
				this.complaints.add(page.url() + ": " + message.text());
			}
		});
		page.onPageError((error) -> this.complaints.add(page.url() + ": " + error));
		return page;
	}

	static void logIn(Page page) {
		page.navigate("console");
		page.getByLabel("Password").fill(DemoService.PASSWORD);
		page.keyboard().press("Enter");
		page.waitForURL("**/console");
	}

	/**
	 * Closes all windows.
	 * @param patience how long that may need
	 * @throws PlaywrightException if it was killed
	 */
	void closeWindows(Duration patience) {
		withinOrKill(patience, () -> List.copyOf(this.browser.contexts()).forEach(Chromium::close));
	}

	// Chromium may never close a window that is about to show another page, so that all
	// are led to an empty one first.
	private static void close(BrowserContext context) {
		context.pages().forEach(Chromium::empty);
		context.close();
	}

	private static void empty(Page page) {
		try {
			page.navigate("about:blank");
		}
		catch (PlaywrightException ex) {
			// The other page came first, or Chromium will be killed.
		}
	}

	private void withinOrKill(Duration patience, Runnable closing) {
		Future<?> end = killAfter(patience);
		try {
			closing.run();
		}
		finally {
			end.cancel(false);
		}
	}

	// Playwright waits for ever for a browser that hangs while it starts or closes
	// something.
	private Future<?> killAfter(Duration patience) {
		Executor later = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
		return CompletableFuture.runAsync(this::kill, later);
	}

	// One that lived on would keep the output open that it shares with this process, and
	// whoever reads that would wait for ever.
	void kill() {
		processes().forEach(ProcessHandle::destroyForcibly);
	}

	/** Returns the driver and the browser, whose processes are children of it. */
	List<ProcessHandle> processes() {
		return drivers().stream()
			.filter((driver) -> !this.others.contains(driver))
			.flatMap((driver) -> Stream.concat(Stream.of(driver), driver.descendants()))
			.toList();
	}

	private static List<ProcessHandle> drivers() {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().commandLine().orElse("").contains("run-driver"))
			.toList();
	}

	// Forgives complaints that a test has caused on purpose.
	void forgive(String words) {
		this.complaints.removeIf((complaint) -> complaint.contains(words));
	}

	// Fails if any page has complained since it was asked last.
	void mustNotHaveComplained() {
		List<String> all = List.copyOf(this.complaints);
		this.complaints.clear();
		assertThat(all).isEmpty();
	}

	@Override
	public void close() {
		withinOrKill(Duration.ofSeconds(10), () -> {
			this.browser.close();
			this.playwright.close();
		});
	}

}
