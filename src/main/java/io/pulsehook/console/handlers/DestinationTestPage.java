package io.pulsehook.console.handlers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.destination.Destinations;

/**
 * Sends a sample to a destination and shows what it answered, on the destination's page.
 */
@ConsoleController
@RequestMapping("/handlers/{id}/test")
public class DestinationTestPage {

	private final Destinations destinations;

	private final HandlerPage handler;

	DestinationTestPage(Destinations destinations, HandlerPage handler) {
		this.destinations = destinations;
		this.handler = handler;
	}

	@PostMapping
	ModelAndView send(@PathVariable String id, @RequestParam(defaultValue = "hour") String range) {
		Destinations.TestResult result = this.destinations.test(id)
			.orElseThrow(() -> new NotFoundException("destination", id));
		return this.handler.show(id, range).addObject("result", result);
	}

	// The page of the result is asked for again when something has changed.
	@GetMapping
	ModelAndView show(@PathVariable String id, @RequestParam(defaultValue = "hour") String range) {
		return this.handler.show(id, range);
	}

}
