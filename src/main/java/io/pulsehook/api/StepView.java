package io.pulsehook.api;

import java.time.Instant;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.query.StoredStep;

/**
 * A finished step as it is shown with its delivery.
 */
record StepView(String name, int run, int attempt, Instant finishedAt, JsonNode result) {

	static StepView of(StoredStep step) {
		return new StepView(step.name(), step.run(), step.attempt(), step.finishedAt(),
				JsonMapper.shared().readTree(step.result()));
	}

}
