package io.pulsehook.app;

import java.time.Duration;
import java.util.function.IntConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.threads.CoreThreads;

/**
 * Ends the process of the service when a vital thread is lost, because whatever
 * supervises the process starts it anew. An application that embeds the library is never
 * ended; it learns of the loss from its health.
 */
@Configuration(proxyBeanMethods = false)
class LostThreads {

	/** The status EX_SOFTWARE of sysexits.h. */
	static final int EXIT_STATUS = 70;

	private static final Log logger = LogFactory.getLog(LostThreads.class);

	/**
	 * The time after which the process is halted by force. An orderly shutdown takes
	 * less, even with a long grace period for handlers.
	 */
	private static final Duration LONGEST_END = Duration.ofMinutes(2);

	@Bean
	SmartInitializingSingleton endWithLostThread(ObjectProvider<CoreThreads> threads) {
		return () -> threads.ifAvailable((watched) -> watched.whenLost((thread) -> end(thread, LostThreads::exit)));
	}

	/**
	 * Exits on a thread of its own, because the lost thread calls this and the shutdown
	 * waits until the lost thread has ended.
	 */
	static void end(String lost, IntConsumer exit) {
		logger.error("The process ends with status " + EXIT_STATUS + ", since its thread '" + lost
				+ "' is lost. What was acknowledged is on disk, and goes on at the next start.");
		Thread end = new Thread(() -> exit.accept(EXIT_STATUS), "pulsehook-exit");
		end.setDaemon(true);
		end.start();
	}

	private static void exit(int status) {
		Thread force = new Thread(() -> halt(status), "pulsehook-halt");
		force.setDaemon(true);
		force.start();
		System.exit(status);
	}

	private static void halt(int status) {
		try {
			Thread.sleep(LONGEST_END.toMillis());
		}
		catch (InterruptedException ex) {
			logger.debug("The orderly end is not waited for");
		}
		Runtime.getRuntime().halt(status);
	}

}
