package io.pulsehook;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets tests wait for a minute where they do not say for how long. Awaitility's own ten
 * seconds can pass while others use the machine.
 */
public final class Patience implements TestExecutionListener {

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

}
