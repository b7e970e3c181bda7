package io.pulsehook.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets each test method begin with an empty inbox, although tests share their contexts,
 * and leaves nothing behind that would be tried again while other tests run.
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
			testContext.getApplicationContext().getBeanProvider(Pulsehook.class).ifAvailable(Pulsehook::reset);
		}
	}

}
