import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { ApiConsumes, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { DomainError } from '../../kernel/decider.js';
import { DemoClock } from '../clock.js';
import { DemoIssuer } from './demo-issuer.js';
import { durationMs } from './duration.js';
import { type Persona, personas } from './personas.js';
import { invalid } from './problem.js';
import { Allow, Form, Public } from './route-rules.js';

const mostMs = 400 * 86_400_000;

export class TokenRequest {
  @ApiProperty({ description: 'The name of a persona', example: 'partner-01' })
  @IsString()
  @MaxLength(100)
  persona!: string;
}

export class ClockMove {
  @ApiProperty({ description: 'ISO 8601: days, hours, minutes, seconds; at most 400 days', example: 'PT25H' })
  @IsString()
  @MaxLength(40)
  advance!: string;
}

/** The quick start's way in. Registered there alone. */
@ApiTags('quick start')
@Controller('demo')
export class DemoController {
  constructor(
    private readonly issuer: DemoIssuer,
    private readonly clock: DemoClock,
  ) {}

  @Get('personas')
  @Public()
  personas(): readonly Persona[] {
    return personas;
  }

  @Post('token')
  @Public()
  @Form()
  @ApiConsumes('application/x-www-form-urlencoded')
  @Header('cache-control', 'no-store')
  token(@Body() { persona }: TokenRequest) {
    const known = personas.find(({ name }) => name === persona);
    if (!known) throw new DomainError('persona.unknown', {}, 'unknown');
    return this.issuer.tokenFor(known);
  }

  @Get('clock')
  @Public()
  time() {
    return { now: this.clock.now() };
  }

  @Post('clock')
  @Allow('admin')
  advance(@Body() { advance }: ClockMove) {
    const ms = durationMs(advance);
    if (ms === undefined || ms <= 0 || ms > mostMs)
      throw invalid(
        '/advance',
        'field.duration',
        'must be a duration like PT25H or P3D, more than nothing, at most 400 days',
      );
    return { now: this.clock.advance(ms) };
  }
}
