package io.pulsehook.autoconfigure;

import java.nio.file.Path;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.spool.SpoolDrain;
import io.pulsehook.inbox.spool.SpoolErasure;
import io.pulsehook.inbox.spool.SpoolSettings;
import io.pulsehook.inbox.spool.SpooledInbox;
import io.pulsehook.receive.BodyEvents;

/**
 * Puts a spool before the inbox if it has a directory.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(SpoolConfiguration.HasDirectory.class)
class SpoolConfiguration {

	private static final String DIRECTORY = "pulsehook.spool.directory";

	@Bean
	Spool pulsehookSpool(PulsehookProperties properties, Storage storage) {
		Path directory = properties.spool().directory();
		SpoolSettings spool = new SpoolSettings((directory != null) ? directory : Path.of(""),
				properties.spool().maxSize(), properties.ackTimeout());
		return Spool.open(spool, storage.clock(), storage.threads());
	}

	@Bean
	SpooledInbox pulsehookSpooledInbox(Inbox inbox, Spool spool) {
		return new SpooledInbox(inbox, spool);
	}

	@Bean
	SpoolDrain pulsehookSpoolDrain(Spool spool, Storage storage, EventReader reader, PulsehookProperties properties) {
		SpoolErasure erasure = new SpoolErasure(storage.reconciliations(), storage.erasure(), reader::contactId);
		return new SpoolDrain(spool, storage.inbox(), new BodyEvents(reader, storage.inbox()), erasure,
				properties.deadRetention(), storage.threads());
	}

	/** An empty directory is none, as for variables of an environment that are empty. */
	static final class HasDirectory extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean set = StringUtils.hasText(context.getEnvironment().getProperty(DIRECTORY));
			return new ConditionOutcome(set,
					ConditionMessage.forCondition("Spool").because(DIRECTORY + " is " + (set ? "set" : "not set")));
		}

	}

}
