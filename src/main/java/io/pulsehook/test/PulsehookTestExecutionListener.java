package io.pulsehook.test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * Lets each test method begin with an empty inbox and a new {@link FakeSendPulse},
 * although tests share their contexts, and leaves nothing behind that would be tried
 * again while other tests run.
 */
class PulsehookTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		reset(testContext);
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		reset(testContext);
	}

	private static void reset(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			context.getBeanProvider(Pulsehook.class).ifAvailable(Pulsehook::reset);
			context.getBeanProvider(FakeSendPulse.class).ifAvailable(FakeSendPulse::reset);
		}
	}

}
