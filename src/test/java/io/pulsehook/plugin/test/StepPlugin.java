package io.pulsehook.plugin.test;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;

/**
 * A handler of three steps whose first attempt fails after the second one. Each takes a
 * moment before and after its effect, so that a kill finds it at work.
 */
@AutoConfiguration
public class StepPlugin {

	private static final int LONGEST_NANOS = 4_000_000;

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> threeStepHandler() {
		return this.recorder.recording((event, delivery) -> {
			step("first", event, delivery);
			step("second", event, delivery);
			if (delivery.attempt() == 1) {
				throw new IllegalStateException("Not yet");
			}
			step("third", event, delivery);
		});
	}

	private void step(String name, FlowWebhook event, Delivery delivery) throws Exception {
		delivery.once(name, () -> {
			takeAMoment();
			this.recorder.write(name, event, delivery);
			takeAMoment();
		});
	}

	private static void takeAMoment() {
		LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS));
	}

}
