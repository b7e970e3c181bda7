package io.pulsehook.receive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RefusalLogTests {

	private final AtomicLong now = new AtomicLong(-7);

	private final RefusalLog log = new RefusalLog("they were odd.", this.now::get);

	@Test
	void tellsOfTheFirstAtOnceAndOfMoreAfterAMinute(CapturedOutput output) {
		this.log.refused();
		assertThat(output).contains("Webhook requests were refused (1): they were odd.");
		for (int i = 0; i < 1000; i++) {
			this.log.refused();
		}
		assertThat(output.getAll().split("were refused", -1)).hasSize(2);
		this.now.addAndGet(TimeUnit.MINUTES.toNanos(1));
		this.log.refused();
		assertThat(output).contains("Webhook requests were refused (1001): they were odd.");
	}

	@Test
	void tellsOfAnHourInAHandfulOfLines(CapturedOutput output) {
		for (int second = 0; second < 3600; second++) {
			this.log.refused();
			this.now.addAndGet(TimeUnit.SECONDS.toNanos(1));
		}
		assertThat(output.getAll().split("were refused", -1)).hasSize(1 + 6);
	}

	@Test
	void beginsAnewWhenAllWasWell(CapturedOutput output) {
		for (int hour = 0; hour < 3; hour++) {
			this.log.refused();
			this.now.addAndGet(TimeUnit.MINUTES.toNanos(1));
			this.log.refused();
			this.now.addAndGet(TimeUnit.HOURS.toNanos(1));
		}
		assertThat(output.getAll().split("were refused", -1)).hasSize(1 + 6);
	}

}
