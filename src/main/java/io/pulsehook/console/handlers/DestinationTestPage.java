package io.pulsehook.console.handlers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.destination.Destinations;

/**
 * Sends a sample to a destination and shows what it answered, above the handlers.
 */
@ConsoleController
@RequestMapping("/handlers/{id}/test")
public class DestinationTestPage {

	private final Destinations destinations;

	private final HandlersPage handlers;

	DestinationTestPage(Destinations destinations, HandlersPage handlers) {
		this.destinations = destinations;
		this.handlers = handlers;
	}

	@PostMapping
	ModelAndView send(@PathVariable String id) {
		Destinations.TestResult result = this.destinations.test(id)
			.orElseThrow(() -> new NotFoundException("destination", id));
		return this.handlers.show().addObject("tested", id).addObject("result", result);
	}

	// The page of the result is asked for again when something has changed.
	@GetMapping
	ModelAndView show() {
		return this.handlers.show();
	}

}
