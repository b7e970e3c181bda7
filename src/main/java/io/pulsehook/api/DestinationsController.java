package io.pulsehook.api;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.destination.Destinations;

/**
 * Sends samples to destinations, so that somebody can see whether they answer.
 */
@RestController
@RequestMapping("/destinations")
class DestinationsController {

	private final Destinations destinations;

	DestinationsController(Destinations destinations) {
		this.destinations = destinations;
	}

	@PostMapping("/{name}/test")
	Destinations.TestResult test(@PathVariable String name) {
		return this.destinations.test(name).orElseThrow(() -> ApiProblems.unknown("destination", name));
	}

}
