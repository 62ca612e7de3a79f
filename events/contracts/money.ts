import * as z from 'zod/mini';
import type { Money } from '../../functions/kernel/values/money.ts';

export const currency = z.string().check(z.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'));

/** What money is paid in, of ISO 4217 in 2026: without funds, metals, tests and what was withdrawn. */
const PAID_IN =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC ' +
  'CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ' +
  'ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK ' +
  'MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE ' +
  'SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF ' +
  'YER ZAR ZMW ZWG';

/** Of a price that is set. Stored prices may be in a currency that was withdrawn since. */
export const paidIn = z.enum(PAID_IN.split(' '), 'must be a currency of ISO 4217');

/** Whole minor units (cents) from 0, and an ISO 4217 code. */
export const money: z.ZodMiniType<Money> = z.object({
  amount: z.int().check(z.nonnegative()),
  currency,
});
