package io.pulsehook.console.connect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.ConsoleSettings.Endpoint;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.receive.Receiver;

/**
 * Shows which URL to paste where in SendPulse, and whether events arrive from there.
 */
@ConsoleController
@RequestMapping("/connect")
public class ConnectPage {

	private final StoredEvents events;

	private final Receiver receiver;

	private final ConsoleSettings settings;

	private final InstantSource clock;

	private final Pages pages;

	/**
	 * When each source was last heard of. It is remembered, because only the newest
	 * events are looked through each time.
	 */
	private final Map<String, Instant> heardOf = new ConcurrentHashMap<>();

	ConnectPage(StoredEvents events, Receiver receiver, ConsoleSettings settings, Pages pages) {
		this.events = events;
		this.receiver = receiver;
		this.settings = settings;
		this.clock = settings.clock();
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@RequestParam(defaultValue = "") String sent, @RequestParam(defaultValue = "") String result) {
		this.heardOf.putAll(this.events.recentSources(SampleEvent::isMadeHere));
		String root = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
				+ this.settings.basePath() + "/webhooks/";
		Map<String, Object> model = new HashMap<>();
		model.put("sources", this.settings.endpoints().stream().map((endpoint) -> row(endpoint, root)).toList());
		model.put("samples", SampleEvent.all());
		model.put("local", root.matches("https?://(localhost|127\\..*|\\[::1])[:/].*"));
		model.put("plain", root.startsWith("http:"));
		model.put("sent", SampleEvent.named(sent).map(SampleEvent::label).orElse(null));
		model.put("duplicate", result.equals(IntakeResult.DUPLICATE.code()));
		return this.pages.show("connect", model);
	}

	private SourceRow row(Endpoint endpoint, String root) {
		return new SourceRow(endpoint.source(), endpoint.tokens().stream().map((token) -> root + token).toList(),
				Time.ofNullable(this.heardOf.get(endpoint.source()), this.clock.instant()));
	}

	@PostMapping("/samples")
	ModelAndView send(@RequestParam String sample, @RequestParam String source) {
		SampleEvent found = SampleEvent.named(sample).orElseThrow(() -> new NotFoundException("sample", sample));
		if (this.settings.endpoints().stream().noneMatch((endpoint) -> endpoint.source().equals(source))) {
			throw new NotFoundException("source", source);
		}
		byte[] body = found.json(this.clock.instant()).getBytes(StandardCharsets.UTF_8);
		Receipt receipt = this.receiver.receive(source, body);
		IntakeResult result = (receipt.accepted() > 0) ? IntakeResult.ACCEPTED : IntakeResult.DUPLICATE;
		return this.pages.goTo("/connect?sent=" + found.name() + "&result=" + result.code() + "#samples");
	}

	/**
	 * A source as the page shows it.
	 *
	 * @param name its name
	 * @param urls the URLs that SendPulse posts its events to
	 * @param heardOf when it last sent something, or {@code null}
	 */
	record SourceRow(String name, List<String> urls, @Nullable Time heardOf) {

	}

}
