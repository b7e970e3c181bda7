package io.pulsehook.dispatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many deliveries a handler has at hand.
 */
class PaceTests {

	private final Pace pace = new Pace();

	@Test
	void keepsFewForWhoIsSlow() throws Exception {
		Thread.sleep(20);
		assertThat(this.pace.ahead()).isEqualTo(32);
		this.pace.ended();
		Thread.sleep(20);
		assertThat(this.pace.ahead()).isEqualTo(32);
	}

	@Test
	void keepsManyForWhoIsFastButNotAnyNumber() throws Exception {
		end(100_000);
		assertThat(this.pace.ahead()).isEqualTo(512);
	}

	@Test
	void forgetsThatSomebodyWasFast() throws Exception {
		end(100_000);
		assertThat(this.pace.ahead()).isEqualTo(512);
		Thread.sleep(20);
		assertThat(this.pace.ahead()).isEqualTo(32);
	}

	private void end(int attempts) throws InterruptedException {
		for (int i = 0; i < attempts; i++) {
			this.pace.ended();
		}
		Thread.sleep(20);
	}

}
