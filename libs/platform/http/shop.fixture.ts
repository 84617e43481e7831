import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Body, Controller, Get, Injectable, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsString, MaxLength, ValidateNested } from 'class-validator';
import { SignJWT } from 'jose';
import type { DataSource } from 'typeorm';
import { startDatabase } from '../../../test/support/postgres.js';
import { DomainError } from '../../kernel/decider.js';
import { SystemClock } from '../clock.js';
import { LogUnavailable } from '../event-store/event-store.js';
import { type Caller, StaleRevision } from '../event-store/transact.js';
import { loggerTo } from '../logging.js';
import { processorMigrations } from '../processors/checkpoint.migrations.js';
import { Asking, Calling, NewId } from './asked.js';
import { httpMigrations } from './http.migrations.js';
import { IdempotencyKey } from './idempotency.js';
import { Metrics } from './metrics.js';
import { PageQuery } from './page.js';
import type { Principal } from './principal.js';
import { AfterView, Allow, CreatedAt, Idempotent, Limited, NeedsIfMatch, Public } from './route-rules.js';
import { fastifyAdapter, serve } from './serve.js';
import { verifierOf } from './tokens.js';

class Inner {
  @IsString() @MaxLength(10) city!: string;
}
class Item {
  @IsString() @MaxLength(20) name!: string;
  @IsInt() count!: number;
  @IsDefined() @ValidateNested() @Type(() => Inner) inner!: Inner;
}

@Injectable()
export class Story {
  acts = 0;
  hold: Promise<void> | undefined;
  fail: Error | undefined;
}

@Controller('orders')
class Orders {
  constructor(private readonly story: Story) {}

  @Post()
  @Allow('partner', 'admin')
  @Idempotent()
  @CreatedAt('/orders')
  async create(@Body() order: Item, @NewId() id: string, @Calling() caller: Caller) {
    this.story.acts++;
    await this.story.hold;
    if (this.story.fail) throw this.story.fail;
    if (order.name === 'twice') throw new DomainError('order.twice', { limit: 3, rival: 'secret' });
    return { id, revision: 0, commandId: caller.commandId, act: this.story.acts };
  }

  @Post(':id/rename')
  @Allow('partner')
  @NeedsIfMatch()
  rename(@Param('id') id: string, @Body() { city }: Inner, @Calling() { expectedRevision }: Caller) {
    if (expectedRevision !== 7) throw new StaleRevision(7);
    return { id, city, revision: 8 };
  }

  @Get()
  @Allow('partner')
  @AfterView({ name: 'orders' })
  list(@Query() query: PageQuery, @Asking() { subject }: Principal) {
    return { items: [subject, query.limit ?? 50], nextCursor: 'next' };
  }

  @Get('scarce')
  @Allow('partner', 'admin')
  @Limited({ most: 3, perSeconds: 60 }, { most: 5, perSeconds: 86_400 })
  scarce() {
    return {};
  }

  @Get('open')
  @Public()
  open() {
    return { open: true };
  }

  @Get('broken/:how')
  @Public()
  broken(@Param('how') how: string) {
    throw how === 'log' ? new LogUnavailable('connect 10.1.2.3') : new TypeError('secret of the house');
  }
}
@Module({ controllers: [Orders], providers: [Story] })
class Shop {
  constructor(readonly story: Story) {}
}

/** The shop, served, with what a test wants to see of it. */
export type OpenShop = {
  readonly app: NestFastifyApplication;
  readonly database: DataSource;
  readonly story: Story;
  close(): Promise<void>;
};

export const openShop = async (): Promise<OpenShop> => {
  const tables = await startDatabase({
    entities: [IdempotencyKey],
    migrations: [...processorMigrations, ...httpMigrations],
  });
  const { database } = tables;
  const app = await served(Shop, database);
  const close = async () => {
    await app.close();
    await tables.drop();
  };
  return { app, database, story: app.get(Story), close };
};

/** Log lines of every shop of this file. */
export const lines: string[] = [];
export const metrics = new Metrics();
const signing = generateKeyPairSync('ed25519');

export const served = async (module: object, database: DataSource): Promise<NestFastifyApplication> => {
  const made = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  serve(made, {
    clock: new SystemClock(),
    database,
    metrics,
    logger: loggerTo({ write: (line) => void lines.push(line) }, 'info', 'test'),
    verify: verifierOf({ issuer: 'https://id.example', audience: 'shop', key: signing.publicKey }),
  });
  return made.init();
};

export type Twist = {
  exp?: number;
  iss?: string;
  aud?: string;
  typ?: string;
  alg?: string;
  vendor?: string;
  partnerId?: string | undefined;
  key?: KeyObject | Uint8Array;
};
export const token = (role: string, twist: Twist = {}): Promise<string> => {
  const told = {
    iss: 'https://id.example',
    aud: 'shop',
    typ: 'at+jwt',
    alg: 'EdDSA',
    vendor: 'shop',
    partnerId: 'p-1',
    ...twist,
  };
  return new SignJWT({ vendor: told.vendor, role, ...(told.partnerId !== undefined && { partner_id: told.partnerId }) })
    .setProtectedHeader({ alg: told.alg, typ: told.typ })
    .setSubject(`subject-${role}`)
    .setIssuer(told.iss)
    .setAudience(told.aud)
    .setExpirationTime(told.exp ?? '1h')
    .sign(twist.key ?? signing.privateKey);
};
export const as = async (role: string) => ({ authorization: `Bearer ${await token(role)}` });

export const good = { name: 'order', count: 1, inner: { city: 'Kraków' } };
